package com.example.orders.customer;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface CustomerRepository extends ListCrudRepository<Customer, Long> {
    @Query("select count(*) from orders where customer_id = :id and status in ('NEW', 'PAID', 'SHIPPED')")
    long countOpenOrders(long id);
}
